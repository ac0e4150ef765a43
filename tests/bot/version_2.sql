-- A database as version 0.1.0 left it when the log and the outbox were new: the three conversations
-- of version 1, one of them with a turn that is logged, indexed and not sent yet.
PRAGMA application_id = 1449486710;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'veiviser','conversations_and_processed_updates','2026-11-24 17:56:58.479142+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'veiviser','log_outbox_and_search','2026-11-24 20:55:54.316531+00:00');
CREATE TABLE address (
    key TEXT NOT NULL PRIMARY KEY, channel TEXT NOT NULL, chat TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "address" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram','42');
CREATE TABLE "conversation" (
    key TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL, revision INTEGER NOT NULL,
    turns INTEGER NOT NULL, lang TEXT NOT NULL, outcome TEXT, municipality TEXT,
    notice INTEGER NOT NULL, began_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
) STRICT;
INSERT INTO "conversation" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','{"answers": {"municipality": "0301", "registered": "yes", "scope": "local", "target_groups": ["immigrants"]}, "asked_back": [], "asked_early": false, "changing": null, "deleting": false, "erased": false, "from_text": [], "greeted": true, "lang": "nb", "lang_chosen": false, "menu": [], "ticks": ["språkkafé"], "version": 1}',6,1,'nb',NULL,'0301',0,1795553754000,1800000000000);
INSERT INTO "conversation" VALUES('40618b3e7b84e02a9032a4caa537c7538b2d1c47313b3242cfda71ab870bdc77','{"answers": {}, "asked_back": [], "asked_early": false, "changing": null, "deleting": false, "erased": false, "from_text": [], "greeted": true, "lang": "nn", "lang_chosen": true, "menu": [], "ticks": [], "version": 1}',2,0,'nn',NULL,NULL,0,1795553754000,1795553754000);
INSERT INTO "conversation" VALUES('783affbfad70d183c709a4acda641670f7ba292afcec32cce5f4a73aa5a9b080','{"answers": {"municipality": "0301", "registered": "yes"}, "asked_back": [], "asked_early": false, "changing": null, "deleting": false, "erased": false, "from_text": ["registered", "municipality"], "greeted": true, "lang": "nb", "lang_chosen": false, "menu": [], "ticks": [], "version": 1}',1,0,'nb',NULL,'0301',0,1795553754000,1795553754000);
CREATE TABLE counter (
    slot TEXT NOT NULL, day TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (slot, day, name, value)
) STRICT, WITHOUT ROWID;
INSERT INTO "counter" VALUES('f','2027-01-15','faq','deadline',1);
CREATE TABLE failure (
    key TEXT NOT NULL, channel TEXT NOT NULL, update_id INTEGER NOT NULL, at INTEGER NOT NULL,
    tries INTEGER NOT NULL, place TEXT NOT NULL,
    PRIMARY KEY (key, channel, update_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "failure" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram',7,1800000000000,1,'ZeroDivisionError in step, conversation.py:1');
CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL REFERENCES conversation (key), seq INTEGER NOT NULL,
    at INTEGER NOT NULL, way TEXT NOT NULL, said TEXT NOT NULL, heard TEXT NOT NULL,
    intent TEXT NOT NULL, confidence REAL NOT NULL, question TEXT, faq TEXT,
    unanswered INTEGER NOT NULL, replies TEXT NOT NULL, outcome TEXT, verdict TEXT,
    year INTEGER NOT NULL, version TEXT NOT NULL, lang TEXT NOT NULL, took_us INTEGER NOT NULL,
    UNIQUE (key, seq)
) STRICT;
INSERT INTO "log" VALUES(1,'fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff',1,1800000000000,'text','språkkafé','null','answer',1.0,'registered','deadline',0,'[{"text":"språkkafé, first","kind":"message","buttons":[]},{"text":"språkkafé, last","kind":"card","buttons":[[{"id":"a:b","label":"Ja"}]]}]',NULL,NULL,2019,'0','nb',0);
CREATE TABLE outbox (
    key TEXT NOT NULL REFERENCES address (key), seq INTEGER NOT NULL, part INTEGER NOT NULL,
    reply TEXT NOT NULL, made_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    PRIMARY KEY (key, seq, part)
) STRICT;
INSERT INTO "outbox" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff',1,0,'{"text":"språkkafé, first","kind":"message","buttons":[]}',1800000000000,0,0);
INSERT INTO "outbox" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff',1,1,'{"text":"språkkafé, last","kind":"card","buttons":[[{"id":"a:b","label":"Ja"}]]}',1800000000000,0,0);
CREATE TABLE "processed" (
    key TEXT NOT NULL, channel TEXT NOT NULL, update_id INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (key, channel, update_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "processed" VALUES('40618b3e7b84e02a9032a4caa537c7538b2d1c47313b3242cfda71ab870bdc77','telegram',1,1795553754000);
INSERT INTO "processed" VALUES('40618b3e7b84e02a9032a4caa537c7538b2d1c47313b3242cfda71ab870bdc77','telegram',2,1795553754000);
INSERT INTO "processed" VALUES('783affbfad70d183c709a4acda641670f7ba292afcec32cce5f4a73aa5a9b080','telegram',1,1795553754000);
INSERT INTO "processed" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram',0,1795553754000);
INSERT INTO "processed" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram',1,1795553754000);
INSERT INTO "processed" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram',2,1795553754000);
INSERT INTO "processed" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram',3,1795553754000);
INSERT INTO "processed" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram',4,1795553754000);
INSERT INTO "processed" VALUES('fd99b604162aeeb5b9057843b46eccfb8de9e04491d70e38dc87978d73634dff','telegram',6,1800000000000);
CREATE TABLE searchable (
    id INTEGER PRIMARY KEY REFERENCES log (id), words TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE "searchable_fts" USING FTS5 (
    "words",
    tokenize='unicode61 remove_diacritics 0',
    content="searchable"
);
CREATE TRIGGER "searchable_ai" AFTER INSERT ON "searchable" BEGIN
  INSERT INTO "searchable_fts" (rowid, "words") VALUES (new.rowid, new."words");
END;
CREATE TRIGGER "searchable_ad" AFTER DELETE ON "searchable" BEGIN
  INSERT INTO "searchable_fts" ("searchable_fts", rowid, "words") VALUES('delete', old.rowid, old."words");
END;
CREATE TRIGGER "searchable_au" AFTER UPDATE ON "searchable" BEGIN
  INSERT INTO "searchable_fts" ("searchable_fts", rowid, "words") VALUES('delete', old.rowid, old."words");
  INSERT INTO "searchable_fts" (rowid, "words") VALUES (new.rowid, new."words");
END;
INSERT INTO "searchable" VALUES(1,'sprakkafe');
CREATE TABLE upkeep (
    name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "upkeep" VALUES('erasures',0);
INSERT INTO "upkeep" VALUES('indexed',1);
INSERT INTO "upkeep" VALUES('wiped',0);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX conversation_seen ON conversation (seen_at);
CREATE INDEX conversation_outcome ON conversation (outcome, seen_at) WHERE outcome NOTNULL;
CREATE INDEX conversation_municipality ON conversation (municipality, seen_at)
    WHERE municipality NOTNULL;
COMMIT;
