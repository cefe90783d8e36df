# A desk owes an answer: by when.
waiting-due-left = { $who } to answer, { $span } left
waiting-due-late = { $who } to answer, { $span } late
waiting-told = { $who } is to answer by { $when }.
waiting-told-late = { $who } was to answer by { $when } and has not yet.
