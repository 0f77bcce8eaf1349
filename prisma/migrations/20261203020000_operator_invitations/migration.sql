-- The first link of a service makes an operator's key.
ALTER TABLE "invitations" ADD COLUMN "operator" BOOLEAN NOT NULL DEFAULT false;
