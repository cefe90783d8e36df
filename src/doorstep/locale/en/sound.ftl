### Spoken notes

sound-record = Say it
sound-stop = Done
sound-drop = Drop it
sound-recording = Recording, three minutes at most …
sound-kept = Recorded. You can listen to it before you send it.
sound-denied = The microphone was not allowed; please write instead.
sound-field = Spoken note
sound-hint = Three minutes at most; not needed.
sound-again = The recording was not kept. Please choose or record it again, if you wish.
sound-title = Spoken note
sound-length = { $seconds } seconds
sound-summary = When you have heard it, please add a line on what was said, for whoever comes after you.
sound-alone = (Spoken, please listen)
sound-large = This spoken note is too long.
sound-large-try = Please record { $most } seconds at most, or write instead.
sound-unreadable = This file is no spoken note that we can play.
sound-unreadable-try = Please use the button on the page, or write instead.
