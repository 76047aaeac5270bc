// Who signs in does so at the identity provider, in a window of its own; the token stays in this page and goes with it.
fetch("/api/v1/openapi").then(answer => answer.json()).then(spec => {
  const ui = SwaggerUIBundle({
    spec: spec,
    dom_id: "#page",
    deepLinking: true,
    defaultModelsExpandDepth: -1,
    tagsSorter: "alpha",
    validatorUrl: null,
    oauth2RedirectUrl: location.origin + "/webjars/swagger-ui/oauth2-redirect.html"
  });
  const client = spec["x-isthmus-client"];
  if (client) {
    ui.initOAuth({clientId: client, usePkceWithAuthorizationCodeGrant: true});
  }
});
