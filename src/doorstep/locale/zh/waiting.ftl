# 等受理台答复：什么时候之前该有答复。
waiting-due-left = 等{ $who }答复，还剩 { $span }
waiting-due-late = 等{ $who }答复，已超 { $span }
waiting-told = 正等{ $who }答复，应在{ $when }前答复。
waiting-told-late = 正等{ $who }答复，本应在{ $when }前答复，现已超时。
