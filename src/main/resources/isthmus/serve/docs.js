SwaggerUIBundle({
  url: "/api/v1/openapi",
  dom_id: "#page",
  deepLinking: true,
  defaultModelsExpandDepth: -1,
  tagsSorter: "alpha",
  validatorUrl: null
});
