-- forced: whether the provider was made to ask for consent again, since no refresh token came before.
ALTER TABLE link_request ADD COLUMN forced INTEGER NOT NULL DEFAULT 0;
