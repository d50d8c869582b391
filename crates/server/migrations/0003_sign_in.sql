-- Sessions of people who signed in by the identity provider, and sign-ins that are under way.
--
-- Whose session it is stands in `sessions`, which the backend keeps by visit; here stands by which cookie a
-- visit is known and for how long. The two are apart because personas and the embedded backend have no
-- cookies. Signing out takes the visit out of `sessions`, and a row here without it is worth nothing.

CREATE TABLE sign_ins (
    -- The hash (SHA-256, in hexadecimal) of the bytes in the cookie: whoever reads the database, or a backup of
    -- it, cannot sign in with what stands there.
    visit text COLLATE "C" NOT NULL CONSTRAINT sign_ins_have_one_visit_each PRIMARY KEY,
    -- By PostgreSQL's clock, so that all copies agree on when a session ends.
    created timestamptz NOT NULL DEFAULT now(),
    -- When it was used last; written at most once a minute.
    seen timestamptz NOT NULL DEFAULT now()
);
-- What is over is found without reading the rest.
CREATE INDEX sign_ins_created ON sign_ins (created);
CREATE INDEX sign_ins_seen ON sign_ins (seen);

CREATE TABLE sign_in_attempts (
    -- The hash of the state that the provider hands back.
    state text COLLATE "C" NOT NULL CONSTRAINT sign_in_attempts_are_answered_once PRIMARY KEY,
    -- The hash of the cookie of the browser that began it: only there can it be finished.
    browser text COLLATE "C" NOT NULL,
    -- What the ID token has to hold, and what proves to the provider who asked (PKCE). They are of no use to
    -- whoever lacks the code, and live for ten minutes.
    nonce text NOT NULL,
    verifier text NOT NULL,
    -- The path of the console that is opened afterwards.
    destination text NOT NULL,
    ends timestamptz NOT NULL
);
CREATE INDEX sign_in_attempts_ends ON sign_in_attempts (ends);
