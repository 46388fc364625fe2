"use strict";

// A separate file, because the page's policy forbids script inside the page.
(function start() {
  const WELCOME = [
    "# Liangxin. Queries and mutations go to /graphql.",
    "#",
    "# To act as somebody, write under Headers below:",
    '#   { "Authorization": "Bearer <access token>" }',
    "",
    "query Hello {",
    "  __typename",
    "}",
    "",
  ].join("\n");

  // A token must not outlive the page: neither tabs nor headers are kept in the browser.
  const kept = new Map();
  const storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    clear: () => kept.clear(),
    get length() {
      return kept.size;
    },
  };

  const editor = React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultQuery: WELCOME,
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
    showPersistHeadersSettings: false,
    storage,
  });
  ReactDOM.createRoot(document.getElementById("graphiql")).render(editor);
})();
