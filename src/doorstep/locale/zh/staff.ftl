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
