### Seen on the way: tap and send

way-title = Seen on the way
way-lead = Tap what you saw, then send: about ten seconds. No account and no photo needed.
way-what = What did you see?
way-other = Something else (write a line)
way-where = Where is it?
way-here = right here
way-my-place = Not here: use my position
way-send = Send
way-more = Add words, a place or a photo
way-words = In your words
way-words-hint = Needed for “something else”.
way-place-words = Where exactly
way-foot = Report it or not, as you like: no names, no ranking.
way-whole-form = More to say? Use the whole form
way-button = Saw something on the way? Report it in ten seconds
way-empty = Nothing is chosen yet.
way-empty-try = Tap one of them, or choose “something else” and write a line.
way-home-text = A broken manhole cover, a blocked lane? Tap once and send: about ten seconds.
