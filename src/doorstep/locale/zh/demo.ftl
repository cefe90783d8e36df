demo-loading-territory = 正在导入区划和楼栋
demo-loading-kernels = 正在编译划分算法（仅首次）
demo-loading-districting = 正在划分网格与微网格
demo-loading-people = 正在安排岗位和人员（均为虚构）
demo-loading-cases = 正在讲述几件诉求（均为虚构）
demo-loading-done = 演示数据已就绪
