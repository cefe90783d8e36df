### 语音

sound-record = 说一段话
sound-stop = 说完了
sound-drop = 不要这段
sound-recording = 正在录音，最长三分钟……
sound-kept = 录好了，可以先听一遍再发送。
sound-denied = 没有得到话筒的许可，请直接写字。
sound-field = 语音
sound-hint = 最长三分钟；可以不加。
sound-again = 语音没有保留下来，需要的话请再选一次或重录。
sound-title = 语音
sound-length = { $seconds } 秒
sound-summary = 听完请在下面“补充说明”里写一句听到的内容，方便后面的人。
sound-alone = （语音诉求，请听录音）
sound-large = 这段语音太长。
sound-large-try = 请录一段 { $most } 秒以内的，或直接写字。
sound-unreadable = 这个文件不是我们能播放的语音。
sound-unreadable-try = 请用本页的录音按钮，或直接写字。
