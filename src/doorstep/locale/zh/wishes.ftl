## 对划分方案的要求

wishes-more = 更多：期望大小、按微网格数组成网格、不得跨越的线、均分、侧重
wishes-more-hint = 这里不改也可以：通常的值适合大多数社区。
wishes-target = 微网格期望户数
wishes-target-hint = 不填：取上下限的中间
wishes-grid-target = 网格期望大小
wishes-grid-low-microgrids = 网格至少（个微网格）
wishes-grid-high-microgrids = 网格至多（个微网格）
wishes-grid-unit = 网格的上下限按什么计
wishes-grid-unit-households = 户数
wishes-grid-unit-households-hint = 如 200–500 户、300–500 户，或 400–520 户、期望 461 户
wishes-grid-unit-microgrids = 微网格个数
wishes-grid-unit-microgrids-hint = 如 4–6：每个网格由四到六个微网格组成
wishes-grid-unit-note = 上面“网格至少”“网格至多”两个数的含义。
wishes-examples = 常见的网格规则
wishes-example-usual = 200–500 户
wishes-example-close = 300–500 户
wishes-example-about = 461 户左右
wishes-example-number = 4–6 个微网格
wishes-weights = 各项侧重
wishes-weights-hint = 数越大越看重，0 表示不考虑。一项占的便宜，要由其他各项来付。
wishes-weight-compactness = 走路近便
wishes-weight-compactness-hint = 各户离本微网格中心近。通常为 { $usual }
wishes-weight-size = 大小均匀
wishes-weight-size-hint = 每个微网格都接近期望户数。通常为 { $usual }
wishes-weight-compound = 小区不拆分
wishes-weight-compound-hint = 分在几个微网格里的小区尽量少。通常为 { $usual }
wishes-weight-building = 楼栋不拆分
wishes-weight-building-hint = 按楼门、楼层拆开的楼尽量少。通常为 { $usual }
wishes-weight-barrier = 不跨主要道路和河流
wishes-weight-barrier-hint = 一个微网格只在路和河的一侧。通常为 { $usual }
wishes-weight-perimeter = 边界圆整
wishes-weight-perimeter-hint = 轮廓圆整，不犬牙交错。通常为 { $usual }
wishes-weight-moved = 居民少变动
wishes-weight-moved-hint = 换到别的微网格的户尽量少。通常为 { $usual }
wishes-weight-balance = 负担均衡
wishes-weight-balance-hint = 60 岁以上居民等其他数量也均匀分担。通常为 { $usual }
wishes-usual = 恢复通常的侧重
wishes-see-trades = 看看每项侧重在本社区的代价
wishes-no-such-weight = 没有名为 { $name } 的侧重。
wishes-no-such-weight-try = 请用接口说明里列出的名称。
wishes-not-a-weight = “{ $name }”填的不是可用的数。
wishes-not-a-weight-try = 请填 0 到 { $most } 的数，例如 0.5。
wishes-target-outside = 期望户数 { $target } 不在 { $low }–{ $high } 之内。
wishes-target-outside-try = 请填上下限之内的数，或者不填。
wishes-not-a-unit = 网格的上下限只能按户数或按微网格个数计。
wishes-not-a-unit-try = 请选其中一种。
wishes-told-households = 微网格 { $low }–{ $high } 户，网格 { $grid_low }–{ $grid_high } 户
wishes-told-microgrids = 微网格 { $low }–{ $high } 户，网格 { $grid_low }–{ $grid_high } 个微网格
wishes-told-target = 期望 { $target } 户
wishes-told-grid-target = 网格期望 { $target }
wishes-told-weight = { $name } { $value }

## 保持不变的微网格
wishes-kept = 保持不变的微网格{ $count ->
    [0] {""}
   *[other] （已选 { $count } 个）
  }
wishes-kept-of = 第 { NUMBER($number, useGrouping: 0) } 号方案里哪些微网格保持不变
wishes-kept-hint = 选中的微网格住户不变，其余的重新划；划出的草案里它们是锁定的。
wishes-kept-no-plan = 没有可以照着保持的方案。
wishes-kept-gone = 这些微网格已经没有了：{ $codes }。
wishes-kept-apart = 这些微网格不相连，不能照原样保持：{ $codes }。
wishes-kept-try = 请另选，或者全部重新划。
wishes-told-kept = { $count } 个微网格保持不变
wishes-draw-again = 照此再划一次，锁定的不变
