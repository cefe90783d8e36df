### 页面部件：页头、页脚、字段、表格、地图。

parts-name = 家门口
parts-skip = 跳到正文
parts-nav = 导航
parts-nav-short = 常用导航
parts-crumbs = 所在区域
parts-switches = 显示设置
parts-language-zh = 中文
parts-language-en = English
parts-elder-on = 长者版
parts-elder-off = 标准版
parts-theme-dark = 深色
parts-theme-light = 浅色
parts-close = 关闭
parts-complaints = 意见箱：对本平台不满意，请在这里说
parts-demo-notice = 演示站点：人物与诉求均为虚构。
parts-example = 示例
parts-example-notice = 图上为示例：地名与图形来自不同来源，不代表实际辖区。
parts-odbl-contributors = OpenStreetMap 贡献者
parts-odbl-licence = ，数据按 ODbL 1.0 许可使用。
parts-invented = （虚构）

## 时间

parts-moment = { $month }月{ $day }日 { $time }
parts-full-moment = { $year }年{ $month }月{ $day }日 { $time }
parts-short-day = { $month }月{ $day }日
parts-day = { $year }年{ $month }月{ $day }日

## 字段与回绝

parts-optional = （可不填）
parts-narrow = 输入几个字，缩小范围
parts-narrow-none = 没有这样的选项，请换几个字。
parts-errors-title = 有 { $count } 处需要改一下
parts-try-this = 怎么办：{ $what }

## 紧急

parts-call-now = 有人正处在危险中？请马上拨打电话，不要等网上回复。
parts-call-police = 报警
parts-call-fire = 火警
parts-call-ambulance = 急救

## 诉求

parts-why = 为什么这样办？
parts-moves-title = 现在可以做的
parts-moves-none = 现在轮到别人办理，您不用做什么。
parts-moves-over = 已经结束，您不用做什么。
parts-moves-others = 其他人现在可以：
parts-moves-other = { $who }：{ $what }

## 岗位

parts-seat-until = 任期至{ $day }
parts-seat-vacant = 空缺

## 翻页

parts-pager = 翻页
parts-pager-earlier = 上一页
parts-pager-later = 下一页

## 地图、图表、二维码

parts-map-show = 显示地图
parts-map-missing = 这台设备不能显示地图，请看下面的列表。
parts-map-zoom-in = 放大
parts-map-zoom-out = 缩小
parts-map-legend = 图例
parts-map-list = 用列表查看
parts-map-cases = 在办诉求（件）
parts-map-households = 户
parts-map-buildings = 建筑
parts-map-green = 绿地
parts-map-water = 水面
parts-map-chosen = 选中
parts-csv = 下载 CSV
parts-qr-alt = 二维码 { $code }

## 到不了的页面

parts-not-found = 没有这个页面，可能地址写错了，或者内容已经移走。
parts-not-found-try = 请核对地址，或回到首页重新进入。
parts-only-sent = 这个地址只用来提交，不能直接打开。
parts-only-sent-try = 请回到上一页，或从首页重新进入。
parts-csrf = 这个页面打开太久，或不是从本站提交的，所以没有办理。
parts-csrf-try = 请回到上一页刷新后再提交一次；您填写的内容没有保存。
parts-our-fault = 是我们的系统出了问题，您这一步没有办成。
parts-our-fault-try = 请过几分钟再试。我们已留下记录，会去处理；急事请打 12345。
parts-not-now = 系统这一刻忙不过来，您这一步没有办成，也没有留下半截。
parts-not-now-try = 请稍等几秒再提交一次；急事请打 12345，危急时打 110、119、120。
parts-wrong-host = 这里不认识网址中的主机名，所以没有打开。
parts-wrong-host-try = 请管理员把这个主机名写进环境变量 DOORSTEP_HOSTS，再重新启动。
parts-bad-request = 这次发来的内容不完整或不合规矩，没有办理。
parts-bad-request-try = 请回到上一页重新填写；若仍不行，请打 12345。
parts-number = { $number }
parts-slides = 左右滑动看更多列
parts-refused-title = 没有办成
parts-home = 回到首页
parts-back = 回到刚才的页面
