## 方案有多好

assured-title = 方案有多好
assured-short-optimal = 已是最好
assured-short-listed = 有证明的下限
assured-short-bounded = 有证明的下限
assured-short-none = 没有证明
assured-optimal = 没有代价更低的划法：所有可能的微网格都列了出来，已证明这是其中最好的组合。
assured-listed = 没有哪种划法能便宜 { $percent }% 以上：在所有可能的微网格中已经证明。
assured-bounded = 没有哪种划法能便宜 { $percent }% 以上：微网格多得列不完，用定价的方法证明。
assured-none-not-asked = 没有要求说明离最好有多远。
assured-none-asked = 要求过证明，但有一栋楼的一部分超过上限，无从比较。
assured-figures = 代价 { $cost }；按这些楼栋和要求，任何划法都不低于 { $bound }。一个紧凑、大小合意的微网格代价约为 1。
assured-by-hand = 这里说的是计算出来的方案，不含之后的手工调整。
assured-tighten-certified = 想知道的话，划分时选“有证明”。
assured-tighten-proven = 想更精确，请运行“doorstep divide --community { $code } --effort proven”：证明的工作量是一百倍。最好的方案往往比下限更近。
assured-tighten-no-further = 证明已用了一百倍的工作量；要更精确，只能减少要求或缩小社区。
