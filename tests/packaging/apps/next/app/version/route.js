import { paragon } from "paragon-connect";

export const dynamic = "force-dynamic";

export const GET = () => Response.json({ version: paragon.getVersion() });
