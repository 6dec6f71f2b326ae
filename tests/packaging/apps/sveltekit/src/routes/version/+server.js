import { paragon } from "paragon-connect";

export const GET = () => Response.json({ version: paragon.getVersion() });
