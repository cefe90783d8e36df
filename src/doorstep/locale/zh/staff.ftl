## 登录

staff-sign-in-wrong = 用户名或密码不正确，或该账号正在暂时锁定中。
staff-sign-in-wrong-try = 请再试一次。连续 { $times } 次不正确，账号会锁定 { $minutes } 分钟；急需解锁或忘记密码，请联系安全管理员或系统管理员。
staff-not-signed-in = 您尚未登录，或登录已过期。
staff-not-signed-in-try = 请先登录。
staff-not-for-you = 这一页不属于您现在的岗位（{ $post }）。
staff-not-for-you-try = 如果您还有其他岗位，请在页首切换；否则请回到自己的首页。
staff-seat-not-yours = 您没有这个岗位的有效任职。
staff-seat-not-yours-try = 请从列表中选择自己的岗位。
staff-second-factor-there = 双重验证已经设置好了。
staff-second-factor-there-try = 如需重新设置，请安全管理员先清除。
staff-code-wrong = 验证码不正确或已用过。
staff-code-wrong-try = 请等待下一个验证码再输入；也可以使用一个恢复码。
staff-password-old-wrong = 原密码不正确。
staff-password-old-wrong-try = 请重新输入现在使用的密码。
staff-password-weak = 新密码太弱：至少 { $length } 个字符，不含用户名，且不同于原密码。
staff-password-weak-try = 可以用几个不相关的词连在一起，既长又好记。

## 岗位

staff-post-grid-lead = 网格长
staff-post-grid-worker = 专职网格员
staff-post-liaison = 微网格联络员
staff-post-volunteer = 志愿者
staff-post-stairwell-lead = 楼道长
staff-post-hub-household = 党员中心户
staff-post-community-desk = 社区受理台
staff-post-subdistrict-office = 镇街受理台
staff-post-department = 部门承办人
staff-post-command-centre = 指挥中心
staff-post-system-admin = 系统管理员
staff-post-security-admin = 安全管理员
staff-post-audit-admin = 审计管理员

## 登录页

staff-sign-in-title = 工作人员登录
staff-sign-in-lead = 网格员、联络员、志愿者和各级受理台从这里进入。居民反映问题不需要登录。
staff-sign-in-do = 登录
staff-sign-in-note = 离开 30 分钟或登录满 12 小时会自动退出。请勿在他人的设备上保存密码。
staff-sign-in-no-post = 您现在没有任职中的岗位，因此不能登录。
staff-sign-in-no-post-try = 如有疑问，请联系您所在的社区或系统管理员。
staff-username = 用户名
staff-password = 密码
staff-sign-out = 退出登录
staff-switch-seat = 切换
staff-print = 打印

## 双重验证

staff-factor-title = 双重验证
staff-factor-lead = 请输入手机验证器上现在显示的 6 位数字。
staff-factor-code = 验证码
staff-factor-code-hint = 也可以输入一个恢复码；每个恢复码只能用一次。
staff-factor-first-hint = 扫码后，验证器上显示的 6 位数字。
staff-factor-do = 验证
staff-factor-lost = 手机和恢复码都不在手边？请联系安全管理员清除后重新设置。
staff-factor-set-up-title = 设置双重验证
staff-factor-required = 您的岗位能看到居民的诉求，因此除密码外，还须用手机上的验证器确认是您本人。设置一次，大约一分钟。
staff-factor-wanted = 除密码外，再用手机上的验证器确认是您本人。设置一次，大约一分钟。
staff-factor-step-one = 第一步：加入验证器
staff-factor-step-two = 第二步：输入验证码
staff-factor-scan = 在手机上打开任意一款验证器（支持 TOTP 的都可以），扫描这个二维码。
staff-factor-qr-alt = 用验证器扫描的二维码；不能扫描时，请手工输入旁边的密钥。
staff-factor-by-hand = 不能扫码？手工输入这个密钥：
staff-factor-kind = 类型：基于时间（TOTP），6 位，30 秒。
staff-factor-confirm = 确认并启用
staff-factor-skip-title = 演示可以跳过
staff-factor-skip-text = 这是演示，双重验证可以跳过；正式使用时，这个岗位不完成双重验证就不能进入。
staff-factor-skip = 跳过，继续演示
staff-factor-is-set = 已启用。如需更换手机，请安全管理员先清除。
staff-factor-is-missing = 尚未启用。
staff-factor-set-up = 设置

## 恢复码

staff-recovery-title = 请收好恢复码
staff-recovery-done = 双重验证已启用
staff-recovery-lead = 手机不在手边时，可用一个恢复码代替验证码，每个只能用一次。恢复码只显示这一次，请打印或抄下，放在安全的地方。
staff-recovery-codes = 恢复码
staff-recovery-for = { $person } 的家门口账号
staff-recovery-go-on = 已收好，继续

## 密码

staff-password-title = 修改密码
staff-password-must = 请先换成自己的密码
staff-password-must-text = 您正在使用的是临时密码，发给您的人也知道它。
staff-password-old = 现在的密码
staff-password-new = 新密码
staff-password-new-hint = 至少 { $length } 个字符。几个不相关的词连在一起，既长又好记。
staff-password-do = 保存新密码
staff-password-note = 保存后，您在其他浏览器上的登录会全部退出。
staff-password-change = 修改密码

## 我的

staff-way-me = 我的
staff-way-today = 今日网格
staff-way-queue = 受理列表
staff-way-command = 指挥地图
staff-way-districting = 网格划分
staff-way-posts = 岗位与人员
staff-way-doors = 门牌二维码
staff-way-accounts = 账号
staff-way-audit = 审计
staff-way-neighbourhood = 我的微网格
staff-acting-as = 现在的岗位：{ $post } { $area }
staff-seats-title = 我的岗位
staff-seats-lead = 同一时间以一个岗位工作，能看到什么由现在的岗位决定。
staff-seat-take = 以此岗位工作
staff-account-title = 我的账号
staff-sessions-title = 登录中的设备
staff-sessions-show = 查看
staff-sessions-lead = 不认识的设备，请让它退出，并修改密码。
staff-session-began = 登录于 { $at }
staff-session-seen = 最近使用 { $at }
staff-session-factor = 已通过双重验证
staff-session-this = 当前设备
staff-session-end = 让它退出
staff-sessions-end-others = 退出其他所有设备
staff-told-session-ended = 已让该设备退出。
staff-told-sessions-ended = 其他设备都已退出。
staff-told-password-changed = 新密码已保存，其他设备都已退出。
staff-told-seat-taken = 已切换岗位。
staff-way-report = 上报

## 岗位与人员

staff-any = 不限
staff-posts-title = 岗位与人员
staff-posts-lead = 谁在哪个岗位、从什么时候起；空缺一目了然。
staff-posts-search = 姓名、区域、编码或岗位名称
staff-posts-kind = 岗位
staff-posts-only = 状态
staff-posts-only-any = 不限
staff-posts-only-vacant = 空缺
staff-posts-only-held = 在岗
staff-posts-post = 岗位
staff-posts-area = 区域
staff-posts-area-code = 区域编码
staff-posts-above = 上级区域
staff-posts-unit = 承办单位
staff-posts-person = 任职人
staff-posts-since = 任职起
staff-posts-until = 任职止
staff-posts-none = 没有符合条件的岗位
staff-posts-none-text = 换个条件再找，或新设一个岗位。
staff-posts-page = 岗位列表
staff-posts-counts = 各类岗位
staff-count-kind = 岗位
staff-count-seats = 已设
staff-count-held = 在岗
staff-count-missing = 还缺
staff-count-note = 每个微网格应有 1 名联络员、2 名志愿者；每个网格应有网格长和至少 1 名专职网格员。
staff-filter = 筛选
staff-post-add-title = 新设岗位
staff-post-add-area = 设在哪里
staff-post-add-code = 区域编码
staff-post-add-code-hint = 县 6 位、镇街 9 位、社区 12 位、网格 15 位、微网格 17 位；三类管理员不设在任何区域。
staff-post-add-do = 设立
staff-post-no-area = 没有这个区域。
staff-post-no-area-try = 请从列表中选择，或核对编码。
staff-post-no-unit = 这个区域没有对应的承办单位，在这里的人办不了诉求。
staff-post-no-unit-try = 请先设立承办单位，再设岗位。
staff-post-history = 历任
staff-post-history-none = 还没有人任过这个岗位。
staff-post-word = 本地叫法
staff-post-word-hint = 例如：微网格长、楼院长、邻长。留空则用通用名称。
staff-post-word-do = 保存叫法
staff-post-end-title = 结束任职
staff-post-end-on = 从哪天起不再任职
staff-post-end-do = 结束任职
staff-post-appoint-title = 任命
staff-post-find = 按姓名找人
staff-post-find-do = 找人
staff-post-found = 选择
staff-post-found-none = 没有找到；可以在下面填写新的人。
staff-post-somebody-new = 新的人
staff-post-holds-nothing = 现无岗位
staff-person-name = 姓名
staff-person-phone = 电话
staff-person-comes-from = 来自
staff-person-comes-from-hint = 例如：本楼居民、退休教师、外卖骑手
staff-appoint-from = 从哪天起
staff-appoint-until = 到哪天止
staff-appoint-until-hint = 这一天起不再任职；不定期则留空。
staff-appoint-do = 任命
staff-told-appointed = 已任命。
staff-told-ended = 已结束任职。
staff-told-named = 已保存叫法。
staff-told-added = 已设立岗位。
staff-appoint-no-day = 没有写日期。
staff-appoint-no-day-try = 请填写日期。
staff-appoint-backwards = 结束日期应晚于开始日期。
staff-appoint-backwards-try = 请核对两个日期。
staff-appoint-nobody = 没有选择任职人。
staff-appoint-nobody-try = 请按姓名找人后选择，或填写新的人。
staff-appoint-taken = 这个岗位在这段时间由 { $person } 担任。
staff-appoint-taken-try = 请先结束其任职，或改从之后的日期开始。
staff-appoint-mixed = { $person } 不能同时担任这个岗位：系统、安全、审计三员须由三人分任，且都不得兼任其他岗位。
staff-appoint-mixed-try = 请另选一人，或先结束其现有任职。
staff-appoint-over = 这次任职已经结束。
staff-appoint-over-try = 刷新页面查看现在的任职。
staff-seat-unknown = 没有这个岗位，或者不由您管理。
staff-seat-unknown-try = 请回到岗位列表。
staff-person-no-name = 没有写姓名。
staff-person-no-name-try = 请填写姓名，或从找到的人中选择。

## 账号

staff-accounts-title = 账号
staff-accounts-search = 用户名或姓名
staff-accounts-only = 状态
staff-accounts-only-any = 不限
staff-accounts-only-locked = 暂时锁定
staff-accounts-only-disabled = 已停用
staff-accounts-only-bare = 未设双重验证
staff-accounts-only-temporary = 临时密码
staff-accounts-person = 人员
staff-accounts-posts = 岗位
staff-accounts-state = 状态
staff-accounts-none = 没有符合条件的账号
staff-accounts-page = 账号列表
staff-account-locked = 锁定至 { $until }
staff-account-disabled = 已停用
staff-account-fine = 正常
staff-account-temporary = 临时密码未改
staff-account-factor = 已设双重验证
staff-account-no-factor = 未设双重验证
staff-account-password-changed = 密码修改于
staff-account-failures = 连续输错
staff-account-open-sessions = 登录中的设备
staff-account-open-title = 开设账号
staff-account-open-lead = 给已登记但还没有账号的人开设。临时密码只显示一次，首次登录必须更换。
staff-account-open-do = 开设账号
staff-account-open-find = 先按姓名找人
staff-account-open-none = 没有找到还没有账号的人；新的人在任命时登记。
staff-account-reset = 发新的临时密码
staff-account-reset-hint = 原密码立即失效，其所有设备退出。
staff-account-do-disable = 停用账号
staff-account-do-disable-hint = 立即退出其所有设备，直到重新启用。
staff-account-do-enable = 启用并解锁
staff-account-do-enable-hint = 解除停用和暂时锁定。
staff-account-do-clear-factor = 清除双重验证
staff-account-do-clear-factor-hint = 手机丢失时使用：下次登录重新设置，其所有设备退出。
staff-account-do-end-sessions = 退出所有设备
staff-account-do-end-sessions-hint = 只退出，不改变其他。
staff-account-yours = 这是您自己的账号；自己的设备和密码在“我的”里管理。
staff-account-deeds = 可以做的
staff-told-disable = 已停用，其设备都已退出。
staff-told-enable = 已启用并解锁。
staff-told-clear-factor = 已清除双重验证。
staff-told-end-sessions = 已退出其所有设备。
staff-first-password-title = 临时密码
staff-first-password-lead = 只显示这一次。请当面或打电话告诉本人，不要用短信或群聊发送；首次登录必须更换。
staff-account-own = 不能停用自己的账号。
staff-account-own-try = 请由另一位安全管理员操作。
staff-account-not-yours = 这一步不由您的岗位来做。
staff-account-not-yours-try = 开设账号和临时密码由系统管理员办理，锁定与解锁由安全管理员办理。
staff-account-unknown = 没有这个账号。
staff-account-unknown-try = 请回到账号列表。
staff-account-no-person = 没有这个人，或者他已有账号。
staff-account-no-person-try = 请按姓名找人后选择。
staff-username-odd = 这个用户名不能用。
staff-username-odd-try = 用 3 至 60 个小写字母、数字、点、下划线或连字符，首尾为字母或数字。
staff-username-taken = 这个用户名已有人用。
staff-username-taken-try = 请换一个。
staff-username-hint = 小写字母和数字，例如 zhang-min

## 审计

staff-audit-title = 审计
staff-audit-lead = 每次查看敏感信息、每次改变权限都留痕，任何人都不能修改或删除。
staff-audit-deeds = 谁改了什么
staff-audit-reads = 谁看了什么
staff-audit-search = 用户名、对象或理由
staff-audit-kind-of = 动作
staff-audit-since = 从
staff-audit-until = 到
staff-audit-at = 时间
staff-audit-who = 账号
staff-audit-role = 身份
staff-audit-post = 岗位号
staff-audit-what = 动作
staff-audit-subject = 对象
staff-audit-because = 说明
staff-audit-none = 没有符合条件的记录
staff-trace-added-person = 登记人员
staff-trace-added-post = 设立岗位
staff-trace-appointed = 任命
staff-trace-case = 打开诉求
staff-trace-cases-exported = 导出诉求列表
staff-trace-changed-password = 修改密码
staff-trace-cleared-second-factor = 清除双重验证
staff-trace-contact = 查看联系方式
staff-trace-disabled-account = 停用账号
staff-trace-discarded-plan = 作废划分方案
staff-trace-enabled-account = 启用账号
staff-trace-door-made = 制作门牌二维码
staff-trace-door-retired = 停用门牌二维码
staff-trace-imported-units = 导入承办单位
staff-trace-ended-appointment = 结束任职
staff-trace-ended-sessions = 退出所有设备
staff-trace-exported-audit = 导出审计记录
staff-trace-locked-out = 连续输错而锁定
staff-trace-named-post = 修改岗位叫法
staff-trace-opened-account = 开设账号
staff-trace-published-plan = 发布划分方案
staff-trace-recovery-code-used = 使用恢复码
staff-trace-reported-for-caller = 代来电人登记
staff-trace-reset-password = 发临时密码
staff-trace-second-factor-set = 启用双重验证
staff-trace-signed-in = 登录
staff-trace-took-seat = 切换岗位
staff-role-anonymous = 公众
staff-role-follower = 反映人
staff-role-neighbour = 邻里岗位
staff-role-grid = 网格
staff-role-community = 社区
staff-role-subdistrict = 镇街
staff-role-county = 县级指挥中心
staff-role-department = 部门
staff-role-system-admin = 系统管理员
staff-role-security-admin = 安全管理员
staff-role-audit-admin = 审计管理员
staff-role-worker = 系统
staff-role-gate = 登录页

## 我的微网格

staff-neighbourhood-title = 我的微网格
staff-neighbourhood-lead = 您是邻居，不是工作人员：没有时限，不考核，也看不到任何一户的情况。看到的事，像邻居一样说一声就好。
staff-neighbourhood-who = 谁为这里服务
staff-neighbourhood-open = 正在办理
staff-neighbourhood-ended = 已经了结
staff-neighbourhood-few = 少于 3 件
staff-neighbourhood-few-why = 数量很少时不显示确数，以免让人猜到是哪一家。
staff-neighbourhood-households = 约 { $count } 户
staff-neighbourhood-report = 反映一件事
staff-neighbourhood-none = 这个岗位没有所属的微网格

## 初次启用

staff-founding-three = 系统、安全、审计管理员必须是三个不同的人。
staff-founding-three-try = 请写三个人的姓名：doorstep administrators 系统 安全 审计
staff-founding-done = 本系统已经有管理员。
staff-founding-done-try = 请系统管理员开通其他账号。
staff-units-kind = “{ $kind }”不是可导入的承办单位种类；网格团队随划分方案产生。
staff-units-kind-try = 请写其中之一：{ $known }
staff-units-subject = 部门须写明事项目录中的行业代码。
staff-units-subject-try = 请写其中之一：{ $known }
staff-units-area = 没有编码为 { $code } 的区域。
staff-units-area-try = 请先导入区划，或核对编码。
