### 居民看到的“网格做什么”：准入清单，以及清单外的临时事务。

grids-title = 网格做什么
grids-lead = 网格只承担准入清单内的 { $count } 项事务。清单外的，须经社区或网格长同意，写明谁要求、到哪天为止，并在这里公示。
grids-temporary = 清单外的临时事务
grids-none = 现在没有清单外事务。
grids-burden = 谁向网格提出过要求
grids-asker = 单位
grids-now = 正在执行
grids-ever = 累计
grids-basis = 依据：{ $basis }
grids-list = 准入清单
grids-home-text = 网格管哪些事、谁向网格提过清单外的要求，都在这里公示。
grids-duties = 岗位职责
grids-duties-lead = 每种岗位五类职责，由县级受理台修订，注明生效日期。写成任务的都在准入清单内；不打卡、不留轨迹、不排名。
grids-duties-mine = 我的岗位职责
