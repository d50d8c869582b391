-- The tables of crates/backend/src/store (TableName): a record of JSON under a key, with a version.
--
-- A table for each, and not one for all: their sizes and lives differ by orders of magnitude (receipts go
-- after a day and a half, the journal never does), and each is vacuumed, measured and backed up by itself.
--
-- The key is everything that has to be unique, so each primary key is named: the name in the message of a
-- violation says what was taken already. Keys are compared byte by byte (COLLATE "C"), as the backend
-- compares them: a collation of the system would sort otherwise on another machine, and after its upgrade
-- an index would be wrong.
--
-- The content is text and not jsonb, because the backend alone reads it and gives out the same bytes again,
-- and because jsonb refuses U+0000, which may stand in JSON. Whoever looks by hand writes json::jsonb.

-- Who has an address (N2, P4).
CREATE TABLE addresses (
    key text COLLATE "C" NOT NULL CONSTRAINT addresses_have_one_holder PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Receipts of answers to requests, by trial (X16).
CREATE TABLE consents (
    key text COLLATE "C" NOT NULL CONSTRAINT consents_are_one_for_each_trial PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Rows of customers lists, by partner and organisation.
CREATE TABLE customers (
    key text COLLATE "C" NOT NULL CONSTRAINT customers_are_one_row_for_each_partner PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Facts about the deployment itself, by name.
CREATE TABLE deployment (
    key text COLLATE "C" NOT NULL CONSTRAINT deployment_facts_have_one_value PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Drafts, by person (N18).
CREATE TABLE drafts (
    key text COLLATE "C" NOT NULL CONSTRAINT drafts_are_one_for_each_id PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Organisations that time will change, by day and instant (L13).
CREATE TABLE due (
    key text COLLATE "C" NOT NULL CONSTRAINT due_is_noted_once PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Trials handed over to a distributor (C2).
CREATE TABLE handed_over (
    key text COLLATE "C" NOT NULL CONSTRAINT handed_over_is_noted_once PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Where people are found, by their ids.
CREATE TABLE homes (
    key text COLLATE "C" NOT NULL CONSTRAINT homes_are_one_for_each_person PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- The stored changes, by organisation and number: two acts never get the same number (L10).
CREATE TABLE journal (
    key text COLLATE "C" NOT NULL CONSTRAINT journal_numbers_are_given_once PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- The keys by which the deployment signs (X16).
CREATE TABLE keys (
    key text COLLATE "C" NOT NULL CONSTRAINT keys_are_one_for_each_purpose PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- To what the links of consent mails lead, by the hash of their secret (X7).
CREATE TABLE links (
    key text COLLATE "C" NOT NULL CONSTRAINT links_have_one_secret_each PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Look-ups of the last hour, by person (X1).
CREATE TABLE look_ups (
    key text COLLATE "C" NOT NULL CONSTRAINT look_ups_are_counted_once_for_each_person PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- The ledger of mails, by organisation and the hash of what makes a mail the one that it is (L8).
CREATE TABLE mails (
    key text COLLATE "C" NOT NULL CONSTRAINT mails_are_written_once PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Trials that became orders, by order number (C3).
CREATE TABLE orders (
    key text COLLATE "C" NOT NULL CONSTRAINT order_numbers_are_used_once PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Organisations with their people, partners and trials.
CREATE TABLE organisations (
    key text COLLATE "C" NOT NULL CONSTRAINT organisations_are_one_record_each PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Outages of a demonstration (G6); empty on a server.
CREATE TABLE outages (
    key text COLLATE "C" NOT NULL CONSTRAINT outages_come_once_for_each_draft PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Mails that are to be handed over, and from when.
CREATE TABLE outbox (
    key text COLLATE "C" NOT NULL CONSTRAINT outbox_holds_each_mail_once PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Partners.
CREATE TABLE partners (
    key text COLLATE "C" NOT NULL CONSTRAINT partners_are_one_record_each PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- People of partners and of the trials team.
CREATE TABLE people (
    key text COLLATE "C" NOT NULL CONSTRAINT people_are_one_record_each PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Answers that acts got, by idempotency key: an act is done once (G2).
CREATE TABLE receipts (
    key text COLLATE "C" NOT NULL CONSTRAINT receipts_are_one_for_each_act PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- What became of drafts that were saved (N18).
CREATE TABLE saved_drafts (
    key text COLLATE "C" NOT NULL CONSTRAINT drafts_are_saved_once PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Who is signed in, by visit.
CREATE TABLE sessions (
    key text COLLATE "C" NOT NULL CONSTRAINT sessions_are_one_for_each_visit PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- What was typed in set-ups, by trial (U3).
CREATE TABLE set_ups (
    key text COLLATE "C" NOT NULL CONSTRAINT set_ups_are_one_for_each_trial PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Shipments that are not over (P6).
CREATE TABLE shipments (
    key text COLLATE "C" NOT NULL CONSTRAINT shipments_are_one_for_each_type PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Names of Meetings sites that were given out (N12).
CREATE TABLE site_names (
    key text COLLATE "C" NOT NULL CONSTRAINT site_names_are_given_out_once PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- The organisations of trials.
CREATE TABLE trials (
    key text COLLATE "C" NOT NULL CONSTRAINT trials_are_of_one_organisation PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
-- Saved views of the customers list (Q3, P9).
CREATE TABLE views (
    key text COLLATE "C" NOT NULL CONSTRAINT views_are_one_list_for_each_reader PRIMARY KEY,
    version bigint NOT NULL, json text NOT NULL
);
