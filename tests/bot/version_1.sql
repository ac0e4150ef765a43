-- A database as version 0.1.0 left it: three conversations, and the updates that were taken.
PRAGMA application_id = 1449486710;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'veiviser','conversations_and_processed_updates','2026-11-24 17:56:58.479142+00:00');
CREATE TABLE "conversation" (
   "key" TEXT PRIMARY KEY NOT NULL,
   "state" TEXT NOT NULL,
   "revision" INTEGER NOT NULL
) STRICT;
INSERT INTO "conversation" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','{"answers": {"municipality": "0301", "registered": "yes", "scope": "local", "target_groups": ["immigrants"]}, "asked_back": [], "asked_early": false, "changing": null, "deleting": false, "erased": false, "from_text": [], "greeted": true, "lang": "nb", "lang_chosen": false, "menu": [], "ticks": [], "version": 1}',5);
INSERT INTO "conversation" VALUES('40618b3e7b84e02a9032a4caa537c7538b2d1c47313b3242cfda71ab870bdc77','{"answers": {}, "asked_back": [], "asked_early": false, "changing": null, "deleting": false, "erased": false, "from_text": [], "greeted": true, "lang": "nn", "lang_chosen": true, "menu": [], "ticks": [], "version": 1}',2);
INSERT INTO "conversation" VALUES('783affbfad70d183c709a4acda641670f7ba292afcec32cce5f4a73aa5a9b080','{"answers": {"municipality": "0301", "registered": "yes"}, "asked_back": [], "asked_early": false, "changing": null, "deleting": false, "erased": false, "from_text": ["registered", "municipality"], "greeted": true, "lang": "nb", "lang_chosen": false, "menu": [], "ticks": [], "version": 1}',1);
CREATE TABLE "processed" (
   "key" TEXT NOT NULL REFERENCES "conversation"("key"),
   "channel" TEXT NOT NULL,
   "update_id" INTEGER NOT NULL,
   PRIMARY KEY ("key", "channel", "update_id")
) STRICT;
INSERT INTO "processed" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram',0);
INSERT INTO "processed" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram',1);
INSERT INTO "processed" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram',2);
INSERT INTO "processed" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram',3);
INSERT INTO "processed" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram',4);
INSERT INTO "processed" VALUES('40618b3e7b84e02a9032a4caa537c7538b2d1c47313b3242cfda71ab870bdc77','telegram',1);
INSERT INTO "processed" VALUES('40618b3e7b84e02a9032a4caa537c7538b2d1c47313b3242cfda71ab870bdc77','telegram',2);
INSERT INTO "processed" VALUES('783affbfad70d183c709a4acda641670f7ba292afcec32cce5f4a73aa5a9b080','telegram',1);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
COMMIT;