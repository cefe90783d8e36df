### 事项目录：文件检查时说的话。

catalogue-file-refused = 目录文件有 { $count } 处需要修改，第一处：{ $first }
catalogue-file-refused-try = 请按行号逐处改正后重新读取；改正之前沿用原来的目录。
catalogue-file-not-toml = 不是有效的 TOML：{ $said }
catalogue-file-wants-text = “{ $key }”需要填写文字。
catalogue-file-wants-texts = “{ $key }”需要填写一组文字。
catalogue-file-wants-flag = “{ $key }”只能填 true 或 false。
catalogue-file-wants-number = “{ $key }”需要填写大于零的整数。
catalogue-file-wants-table = “{ $key }”需要用花括号写明各项内容。
catalogue-file-wants-tables = “{ $key }”需要写成一组表格。
catalogue-file-not-a-choice = “{ $value }”不在可选范围内，可选：{ $choices }。
catalogue-file-not-a-limit = 看不懂时限“{ $value }”。可以写 15 min、2 h、1 working hour 或 5 working days。
catalogue-file-unknown-key = 没有名为“{ $key }”的项目，请检查拼写。
catalogue-file-id-is-name = 事项编号“{ $id }”应与文件名“{ $name }”一致。
catalogue-file-sub-class-outside = 小类编码“{ $code }”应以大类编码“{ $parent }”开头，并多两位。
catalogue-file-twice = “{ $value }”出现了两次。
catalogue-file-missing = 缺少：{ $missing }。
catalogue-file-duty-off-the-list = “{ $item }”不在准入清单内，不能写成岗位的任务。
catalogue-file-no-such-item = 没有编号为“{ $item }”的事项。
catalogue-file-no-such-class = 没有编码为“{ $code }”的小类。
catalogue-file-no-such-handler = 没有“{ $value }”这样的承办方。部门请写成 department:编码。
catalogue-file-not-admitted = 该事项不在网格准入清单内，不能交给网格承办。
catalogue-file-nearest-first = 承办方应由近到远排列：网格、物业、社区、街道、部门。
catalogue-file-nobody-acts = 没有写明承办方，也没有写明法定渠道。
catalogue-file-asked-too-late = 问题“{ $question }”应排在依赖它的问题之前。
catalogue-file-options = 选择题需要列出选项，其他题目不需要。
