-- Only rows of the state that is looked for: a call that runs at once and ends passes by all of these but one.
DROP INDEX approval_of_grant;
DROP INDEX approval_in_state;
CREATE INDEX approval_waiting ON approval (user_id, expires_at) WHERE state = 'PENDING';
CREATE INDEX approval_approved ON approval (decided_at) WHERE state = 'APPROVED';
CREATE INDEX approval_claimed ON approval (lease_until) WHERE state = 'CLAIMED';
CREATE INDEX approval_not_begun ON approval (grant_id) WHERE state IN ('PENDING', 'APPROVED');
