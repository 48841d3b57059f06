# A web application has a Docker token and an access token in the source.
# Source: https://docs.aws.amazon.com/amplify/latest/userguide/environment-secrets.html
# Fault at: aws_amplify_app.secamp_fault
# Near miss at: aws_amplify_app.secamp_near

resource "aws_amplify_app" "secamp_fault" {
  name                  = "shop-prod-secamp-fault"
  environment_variables = { PULL = "dckr_pat_TIadz7ReZ0F5bbmN31HN2xtG6fT" }
  build_spec            = "version: 1\nfrontend:\n  phases:\n    build:\n      commands:\n        - npm run build\n"
}

resource "aws_amplify_app" "secamp_near" {
  name                  = "shop-prod-secamp-near"
  environment_variables = { PULL = "docker.io/shop/web:1.4.2", VITE_TOKEN_URL = "https://login.example.com/token" }
  build_spec            = "version: 1\nfrontend:\n  phases:\n    build:\n      commands:\n        - npm run build\n"
}
