### 来信

notices-mail-only-pictures = （来信只有照片，没有文字）
command-receive-mail = 收一封信（从文件或邮件服务器的管道），成为诉求。
command-receive-mail-file = .eml 文件；不写时从标准输入读。
command-receive-mail-case = 已受理。
command-receive-mail-note = 已补充到原诉求。
command-receive-mail-machine = 自动信件，不受理。
command-receive-mail-empty = 信里没有内容，不受理。
command-receive-mail-large = 信太大（最多 25 MB），没有收下。请去掉附件再发，照片可以在跟进页面补充。
command-receive-mail-unreadable = 信无法读取，没有收下。请用纯文字再发一次。
command-receive-mail-later = 收件过多，稍后再收。
