-- Used refresh tokens stay for as long as a replay of them must be noticed; finding the expired ones reads no others.
CREATE INDEX refresh_token_by_expiry ON refresh_token (expires_at);
