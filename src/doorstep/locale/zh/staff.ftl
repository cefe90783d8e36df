## 登录

staff-sign-in-wrong = 用户名或密码不正确。
staff-sign-in-wrong-try = 请再试一次；忘记密码请联系系统管理员。
staff-sign-in-locked = 该账号已暂时锁定，还有 { $minutes } 分钟。
staff-sign-in-locked-try = 请稍后再试，或请安全管理员解锁。
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
