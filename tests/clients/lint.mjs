// Lints the schema and the operations by every rule of @graphql-eslint. Where one does not fit, it is set otherwise here,
// and the reason stands beside it.
//
//   node lint.mjs

import { relative } from "node:path";
import plugin from "@graphql-eslint/eslint-plugin";
import { ESLint } from "eslint";

import { CONTRACT, FOLDERS } from "./contract.mjs";

const SCHEMA_RULES = {
  // Fields stand in the order in which people read them.
  alphabetize: "off",
  // A bureau has writes.
  "no-root-type": "off",
  // An answer is all or nothing: beside an error there is no data that a null could stand in.
  "require-nullable-result-in-root": "off",
  // What is read after a write is asked for by an operation of its own, whose cost is known.
  "require-field-of-type-query-in-mutation-result": "off",
  // What has an id has a UUID. Pages, payloads and values are no things, and have none.
  "strict-id-in-types": "off",
  "naming-convention": [
    "error",
    {
      types: "PascalCase",
      FieldDefinition: "camelCase",
      InputValueDefinition: "camelCase",
      Argument: "camelCase",
      DirectiveDefinition: "camelCase",
      "EnumValueDefinition[parent.name.value!=/^(EventKind|Paper|PromiseViewer)$/]": "UPPER_CASE",
      // They stand so in the log, in addresses and in `promise.json`.
      "EnumValueDefinition[parent.name.value=/^(EventKind|Paper|PromiseViewer)$/]": "snake_case",
    },
  ],
};

const OPERATION_RULES = {
  // As in the schema.
  alphabetize: "off",
  // A file has the name of its operation.
  "match-document-filename": [
    "error",
    { fileExtension: ".graphql", query: "PascalCase", mutation: "PascalCase", subscription: "PascalCase" },
  ],
  // What is done is said in front, of queries too: `GetVisit` as `FileReport`.
  "naming-convention": ["error", { VariableDefinition: "camelCase", OperationDefinition: "PascalCase" }],
};

/** Single places where a rule of the schema does not fit. */
const EXCEPTIONS = [
  {
    rule: "input-name",
    // A write that needs one word, which nobody will add to.
    messages: /^Input "(refreshToken|deviceId|password|receiptCode)" should be named "input"/,
  },
  {
    rule: "no-typename-prefix",
    // The first letters happen to be those of the type.
    messages: /^Field "(merchant|reporterToken|voidedBy|voidedAt)" starts with/,
  },
];

const PREFIX = "@graphql-eslint/";

const prefixed = (rules) => Object.fromEntries(Object.entries(rules).map(([name, rule]) => [PREFIX + name, rule]));

process.chdir(CONTRACT);
// What several use lies in each folder, so each is a project of its own, in which a name is one.
const projects = Object.fromEntries(
  FOLDERS.map((folder) => [folder, { schema: "schema.graphql", documents: `${folder}/*.graphql` }]),
);

const config = (files, kind, rules) => ({
  files,
  plugins: { "@graphql-eslint": plugin },
  languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { projects } } },
  rules: {
    ...plugin.configs[`flat/${kind}-recommended`].rules,
    ...plugin.configs[`flat/${kind}-all`].rules,
    ...prefixed(rules),
  },
});

const linter = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [
    config(["schema.graphql"], "schema", SCHEMA_RULES),
    config(["*/*.graphql"], "operations", OPERATION_RULES),
  ],
});

const found = [];
const used = new Set();
for (const { filePath, messages } of await linter.lintFiles(["schema.graphql", "*/*.graphql"])) {
  for (const { ruleId, line, message } of messages) {
    const exception = EXCEPTIONS.find(({ rule, messages }) => ruleId === PREFIX + rule && messages.test(message));
    if (exception) used.add(exception);
    else found.push(`${relative(CONTRACT, filePath)}:${line} ${ruleId} ${message}`);
  }
}
for (const exception of EXCEPTIONS) {
  if (!used.has(exception)) found.push(`${exception.rule} ${exception.messages}: no exception is needed`);
}
for (const complaint of found) console.log(complaint);
console.log(`${found.length} complaints`);
process.exitCode = found.length === 0 ? 0 : 1;
