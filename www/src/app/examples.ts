// Ready requests for the providers that the local platform comes with.

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export const METHODS: readonly Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** How an answer is shown: parsed JSON, or the provider's own bytes to save. */
export type AnswerKind = "json" | "blob";

export type Example = { label: string; method: Method; path: string; body?: unknown; answer?: AnswerKind };

const EXAMPLES: Record<string, Example[]> = {
  slack: [
    { label: "List channels", method: "GET", path: "conversations.list?limit=5" },
    {
      label: "Post a message",
      method: "POST",
      path: "chat.postMessage",
      body: { channel: "#general", text: "Hello from the Connect demo" },
    },
    { label: "Who am I", method: "GET", path: "auth.test" },
  ],
  salesforce: [
    { label: "Query accounts", method: "GET", path: "query?q=SELECT+Id,+Name+FROM+Account+LIMIT+5" },
    { label: "Create a lead", method: "POST", path: "sobjects/Lead", body: { LastName: "Lovelace", Company: "Analytical Engines" } },
    { label: "Describe Contact", method: "GET", path: "sobjects/Contact/describe" },
  ],
  jira: [
    { label: "Search projects", method: "GET", path: "project/search?maxResults=5" },
    { label: "Latest issues", method: "GET", path: "search?jql=ORDER+BY+created+DESC&maxResults=5" },
    { label: "My profile", method: "GET", path: "myself" },
  ],
  shopify: [
    { label: "List products", method: "GET", path: "products.json?limit=5" },
    { label: "Open orders", method: "GET", path: "orders.json?status=open&limit=5" },
    { label: "Shop details", method: "GET", path: "shop.json" },
  ],
  sendgrid: [
    { label: "Contact lists", method: "GET", path: "marketing/lists?page_size=5" },
    {
      label: "Send an e-mail",
      method: "POST",
      path: "mail/send",
      body: {
        personalizations: [{ to: [{ email: "ada@example.com" }] }],
        from: { email: "hello@example.com" },
        subject: "Hello",
        content: [{ type: "text/plain", value: "Sent from the Connect demo" }],
      },
    },
    { label: "Account profile", method: "GET", path: "user/profile" },
  ],
  googledrive: [
    { label: "List files", method: "GET", path: "files?pageSize=5" },
    { label: "Find PDFs", method: "GET", path: "files?q=mimeType+%3D+'application/pdf'&pageSize=5" },
    { label: "One file", method: "GET", path: "files/file-lighthouse-png" },
    { label: "Download a picture", method: "GET", path: "files/file-lighthouse-png?alt=media", answer: "blob" },
  ],
};

export const examplesFor = (type: string): Example[] => EXAMPLES[type] ?? [];
