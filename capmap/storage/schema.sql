CREATE TABLE settings (
	id TEXT NOT NULL,
	title TEXT DEFAULT '' NOT NULL,
	subtitle TEXT DEFAULT '' NOT NULL,
	organisation TEXT DEFAULT '' NOT NULL,
	author TEXT DEFAULT '' NOT NULL,
	description TEXT DEFAULT '' NOT NULL,
	currency TEXT DEFAULT '' NOT NULL,
	language TEXT DEFAULT '' NOT NULL,
	attribution TEXT DEFAULT '' NOT NULL,
	extra TEXT DEFAULT '{}' NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("title") between 0 and 200),
	CHECK (length("subtitle") between 0 and 200),
	CHECK (length("organisation") between 0 and 200),
	CHECK (length("author") between 0 and 200),
	CHECK (length("description") between 0 and 20000),
	CHECK (length("currency") between 0 and 10),
	CHECK (length("language") between 0 and 35),
	CHECK (length("attribution") between 0 and 20000)
)
 STRICT;

CREATE TABLE capability (
	id TEXT NOT NULL,
	parent TEXT,
	position INTEGER DEFAULT 0 NOT NULL,
	name TEXT NOT NULL,
	code TEXT DEFAULT '' NOT NULL,
	description TEXT DEFAULT '' NOT NULL,
	owner TEXT DEFAULT '' NOT NULL,
	tags TEXT DEFAULT '[]' NOT NULL,
	category TEXT,
	importance INTEGER,
	maturity INTEGER,
	target INTEGER,
	expectation INTEGER,
	confidence INTEGER,
	assessed_on TEXT,
	reason TEXT DEFAULT '' NOT NULL,
	alias_of TEXT,
	columns INTEGER,
	direction TEXT,
	area TEXT,
	order_by TEXT DEFAULT '' NOT NULL,
	equal INTEGER,
	external TEXT DEFAULT '' NOT NULL,
	translations TEXT DEFAULT '{}' NOT NULL,
	extra TEXT DEFAULT '{}' NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("parent") between 1 and 100),
	CHECK ("position" between 0 and 2147483648),
	CHECK (length("name") between 1 and 200),
	CHECK (length("code") between 0 and 50),
	CHECK (length("description") between 0 and 20000),
	CHECK (length("owner") between 0 and 200),
	CHECK ("category" in ('strategic', 'core', 'supporting')),
	CHECK ("importance" between 1 and 5),
	CHECK ("maturity" between 1 and 5),
	CHECK ("target" between 1 and 5),
	CHECK ("expectation" between 1 and 5),
	CHECK ("confidence" between 1 and 5),
	CHECK (length("assessed_on") = 10),
	CHECK (length("reason") between 0 and 20000),
	CHECK (length("alias_of") between 1 and 100),
	CHECK ("columns" between 1 and 100),
	CHECK ("direction" in ('rows', 'columns')),
	CHECK ("area" in ('top', 'left', 'centre', 'right', 'bottom')),
	CHECK (length("order_by") between 0 and 50),
	CHECK ("equal" in (0, 1)),
	CHECK (length("external") between 0 and 200),
	FOREIGN KEY(parent) REFERENCES capability (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(alias_of) REFERENCES capability (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX capability_by_alias_of ON capability (alias_of);

CREATE INDEX capability_by_parent ON capability (parent);

CREATE TABLE provider (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	description TEXT DEFAULT '' NOT NULL,
	sourcing TEXT,
	contract_end TEXT,
	tags TEXT DEFAULT '[]' NOT NULL,
	external TEXT DEFAULT '' NOT NULL,
	extra TEXT DEFAULT '{}' NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("name") between 1 and 200),
	CHECK (length("description") between 0 and 20000),
	CHECK ("sourcing" in ('internal', 'external')),
	CHECK (length("contract_end") = 10),
	CHECK (length("external") between 0 and 200)
)
 STRICT;

CREATE TABLE service (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	code TEXT DEFAULT '' NOT NULL,
	description TEXT DEFAULT '' NOT NULL,
	owner TEXT DEFAULT '' NOT NULL,
	provider TEXT,
	archetype TEXT,
	plan_from TEXT,
	pilot_from TEXT,
	live_from TEXT,
	phase_out_from TEXT,
	retired_from TEXT,
	run_cost INTEGER,
	level_target REAL,
	level_actual REAL,
	satisfaction INTEGER,
	criticality INTEGER,
	driver TEXT,
	value TEXT DEFAULT '' NOT NULL,
	tags TEXT DEFAULT '[]' NOT NULL,
	external TEXT DEFAULT '' NOT NULL,
	extra TEXT DEFAULT '{}' NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("name") between 1 and 200),
	CHECK (length("code") between 0 and 50),
	CHECK (length("description") between 0 and 20000),
	CHECK (length("owner") between 0 and 200),
	CHECK (length("provider") between 1 and 100),
	CHECK ("archetype" in ('utility', 'enhancement', 'transformation', 'frontier')),
	CHECK (length("plan_from") = 10),
	CHECK (length("pilot_from") = 10),
	CHECK (length("live_from") = 10),
	CHECK (length("phase_out_from") = 10),
	CHECK (length("retired_from") = 10),
	CHECK ("run_cost" between -1000000000000000 and 1000000000000000),
	CHECK ("level_target" between 0 and 100),
	CHECK ("level_actual" between 0 and 100),
	CHECK ("satisfaction" between 1 and 5),
	CHECK ("criticality" between 1 and 5),
	CHECK ("driver" in ('grow', 'differentiate', 'be efficient', 'reduce risk', 'keep running')),
	CHECK (length("value") between 0 and 20000),
	CHECK (length("external") between 0 and 200),
	FOREIGN KEY(provider) REFERENCES provider (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE unit (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	description TEXT DEFAULT '' NOT NULL,
	relationship TEXT,
	relationship_wanted TEXT,
	manager TEXT DEFAULT '' NOT NULL,
	answers TEXT DEFAULT '{}' NOT NULL,
	tags TEXT DEFAULT '[]' NOT NULL,
	external TEXT DEFAULT '' NOT NULL,
	extra TEXT DEFAULT '{}' NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("name") between 1 and 200),
	CHECK (length("description") between 0 and 20000),
	CHECK ("relationship" in ('passive', 'provider', 'partner', 'peer')),
	CHECK ("relationship_wanted" in ('passive', 'provider', 'partner', 'peer')),
	CHECK (length("manager") between 0 and 200),
	CHECK (length("external") between 0 and 200)
)
 STRICT;

CREATE TABLE project (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	code TEXT DEFAULT '' NOT NULL,
	description TEXT DEFAULT '' NOT NULL,
	status TEXT,
	start TEXT,
	"end" TEXT,
	finished TEXT,
	budget INTEGER,
	spent INTEGER,
	funding TEXT,
	funding_unit TEXT,
	benefit_expected INTEGER,
	benefit_achieved INTEGER,
	quality_promised INTEGER,
	quality_achieved INTEGER,
	sponsor TEXT DEFAULT '' NOT NULL,
	contributors TEXT DEFAULT '[]' NOT NULL,
	win TEXT DEFAULT '' NOT NULL,
	lesson TEXT DEFAULT '' NOT NULL,
	driver TEXT,
	value TEXT DEFAULT '' NOT NULL,
	tags TEXT DEFAULT '[]' NOT NULL,
	external TEXT DEFAULT '' NOT NULL,
	extra TEXT DEFAULT '{}' NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("name") between 1 and 200),
	CHECK (length("code") between 0 and 50),
	CHECK (length("description") between 0 and 20000),
	CHECK ("status" in ('proposed', 'approved', 'running', 'done', 'stopped')),
	CHECK (length("start") = 10),
	CHECK (length("end") = 10),
	CHECK (length("finished") = 10),
	CHECK ("budget" between -1000000000000000 and 1000000000000000),
	CHECK ("spent" between -1000000000000000 and 1000000000000000),
	CHECK ("funding" in ('enterprise', 'unit')),
	CHECK (length("funding_unit") between 1 and 100),
	CHECK ("benefit_expected" between -1000000000000000 and 1000000000000000),
	CHECK ("benefit_achieved" between -1000000000000000 and 1000000000000000),
	CHECK ("quality_promised" between 1 and 5),
	CHECK ("quality_achieved" between 1 and 5),
	CHECK (length("sponsor") between 0 and 200),
	CHECK (length("win") between 0 and 20000),
	CHECK (length("lesson") between 0 and 20000),
	CHECK ("driver" in ('grow', 'differentiate', 'be efficient', 'reduce risk', 'keep running')),
	CHECK (length("value") between 0 and 20000),
	CHECK (length("external") between 0 and 200),
	FOREIGN KEY(funding_unit) REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE objective (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	description TEXT DEFAULT '' NOT NULL,
	perspective TEXT,
	measure TEXT DEFAULT '' NOT NULL,
	measure_unit TEXT DEFAULT '' NOT NULL,
	baseline REAL,
	target REAL,
	actual REAL,
	due TEXT,
	owner TEXT DEFAULT '' NOT NULL,
	tags TEXT DEFAULT '[]' NOT NULL,
	external TEXT DEFAULT '' NOT NULL,
	extra TEXT DEFAULT '{}' NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("name") between 1 and 200),
	CHECK (length("description") between 0 and 20000),
	CHECK ("perspective" in ('financial', 'customer', 'process', 'learning and growth')),
	CHECK (length("measure") between 0 and 200),
	CHECK (length("measure_unit") between 0 and 50),
	CHECK ("baseline" between -1000000000000000 and 1000000000000000),
	CHECK ("target" between -1000000000000000 and 1000000000000000),
	CHECK ("actual" between -1000000000000000 and 1000000000000000),
	CHECK (length("due") = 10),
	CHECK (length("owner") between 0 and 200),
	CHECK (length("external") between 0 and 200)
)
 STRICT;

CREATE TABLE demand (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	description TEXT DEFAULT '' NOT NULL,
	stage TEXT,
	impact INTEGER,
	effort REAL,
	unit TEXT,
	asked_on TEXT,
	project TEXT,
	tags TEXT DEFAULT '[]' NOT NULL,
	external TEXT DEFAULT '' NOT NULL,
	extra TEXT DEFAULT '{}' NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("name") between 1 and 200),
	CHECK (length("description") between 0 and 20000),
	CHECK ("stage" in ('new', 'assessed', 'approved', 'project', 'declined')),
	CHECK ("impact" between 1 and 5),
	CHECK ("effort" between -1000000000000000 and 1000000000000000),
	CHECK (length("unit") between 1 and 100),
	CHECK (length("asked_on") = 10),
	CHECK (length("project") between 1 and 100),
	CHECK (length("external") between 0 and 200),
	FOREIGN KEY(unit) REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE link (
	id TEXT NOT NULL,
	type TEXT NOT NULL,
	source TEXT NOT NULL,
	target TEXT NOT NULL,
	share REAL,
	fit INTEGER,
	effect TEXT,
	promised INTEGER,
	note TEXT DEFAULT '' NOT NULL,
	extra TEXT DEFAULT '{}' NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK ("type" in ('supports', 'improves', 'changes', 'depends on', 'needs', 'uses', 'asks for')),
	CHECK (length("source") between 1 and 100),
	CHECK (length("target") between 1 and 100),
	CHECK ("share" between 0 and 100),
	CHECK ("fit" between 1 and 5),
	CHECK ("effect" in ('stops', 'degrades')),
	CHECK ("promised" between 1 and 5),
	CHECK (length("note") between 0 and 20000)
)
 STRICT;

CREATE INDEX link_by_source ON link (source);

CREATE INDEX link_by_target ON link (target);

CREATE TABLE attribute (
	id TEXT NOT NULL,
	record_kind TEXT DEFAULT '' NOT NULL,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	choices TEXT DEFAULT '[]' NOT NULL,
	description TEXT DEFAULT '' NOT NULL,
	position INTEGER DEFAULT 0 NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("record_kind") between 0 and 50),
	CHECK (length("name") between 1 and 200),
	CHECK ("type" in ('text', 'number', 'choice', 'date', 'money')),
	CHECK (length("description") between 0 and 20000),
	CHECK ("position" between 0 and 2147483648)
)
 STRICT;

CREATE TABLE lens (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	rule TEXT DEFAULT '{}' NOT NULL,
	position INTEGER DEFAULT 0 NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("name") between 1 and 200),
	CHECK ("position" between 0 and 2147483648)
)
 STRICT;

CREATE TABLE "view" (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	options TEXT DEFAULT '{}' NOT NULL,
	position INTEGER DEFAULT 0 NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("name") between 1 and 200),
	CHECK ("position" between 0 and 2147483648)
)
 STRICT;

CREATE TABLE session (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	started TEXT DEFAULT '' NOT NULL,
	ended TEXT DEFAULT '' NOT NULL,
	facilitator TEXT DEFAULT '' NOT NULL,
	participants TEXT DEFAULT '[]' NOT NULL,
	extra TEXT DEFAULT '{}' NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("name") between 1 and 200),
	CHECK (length("facilitator") between 0 and 200)
)
 STRICT;

CREATE TABLE vote (
	id TEXT NOT NULL,
	session TEXT,
	capability TEXT NOT NULL,
	field TEXT NOT NULL,
	value INTEGER,
	voter TEXT DEFAULT '' NOT NULL,
	at TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK (length("session") between 1 and 100),
	CHECK (length("capability") between 1 and 100),
	CHECK ("field" in ('importance', 'maturity', 'target', 'expectation', 'confidence')),
	CHECK ("value" between 1 and 5),
	CHECK (length("voter") between 0 and 200),
	FOREIGN KEY(session) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(capability) REFERENCES capability (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX vote_by_capability ON vote (capability);

CREATE TABLE note (
	id TEXT NOT NULL,
	type TEXT NOT NULL,
	text TEXT DEFAULT '' NOT NULL,
	subject TEXT,
	session TEXT,
	author TEXT DEFAULT '' NOT NULL,
	at TEXT DEFAULT '' NOT NULL,
	done INTEGER,
	PRIMARY KEY (id),
	CHECK (length("id") between 1 and 100),
	CHECK ("type" in ('note', 'decision', 'parked')),
	CHECK (length("text") between 0 and 20000),
	CHECK (length("subject") between 1 and 100),
	CHECK (length("session") between 1 and 100),
	CHECK (length("author") between 0 and 200),
	CHECK ("done" in (0, 1)),
	FOREIGN KEY(session) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX note_by_subject ON note (subject);

CREATE TABLE journal (
	seq INTEGER NOT NULL,
	at TEXT NOT NULL,
	action TEXT NOT NULL CHECK (action in ('edit', 'undo', 'redo')),
	entry INTEGER NOT NULL,
	text TEXT NOT NULL CHECK (length(text) <= 1000),
	payload BLOB,
	PRIMARY KEY (seq)
)
 STRICT;

CREATE TABLE meta (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY ("key")
)
 STRICT;

CREATE TABLE kept_layout (
	"key" TEXT NOT NULL,
	made_for TEXT NOT NULL,
	layout BLOB NOT NULL,
	PRIMARY KEY ("key"),
	CHECK (length("key") between 1 and 100),
	CHECK (length(made_for) <= 100),
	CHECK (length(layout) <= 50000000)
)
 STRICT;
