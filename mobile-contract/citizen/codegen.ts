import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../schema.graphql",
  documents: "./*.graphql",
  generates: {
    "./generated/": {
      preset: "client",
      presetConfig: {
        fragmentMasking: false,
        // The server knows a document by this digest: send it as `documentId`.
        persistedDocuments: { hashAlgorithm: "sha256" },
      },
      config: {
        documentMode: "string",
        enumsAsTypes: true,
        // Values of an enum are added: what is switched over needs a way for one that is not known yet.
        futureProofEnums: true,
        scalars: { DateTime: "string", NaiveDate: "string", UUID: "string" },
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
