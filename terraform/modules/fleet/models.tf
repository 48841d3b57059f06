# Models that may be evaluated.

locals {
  # One secret per name. Several models may share an API key.
  model_secrets = { for secret in distinct(compact([for m in var.models : try(m.openai.secret, null)])) :
  "model-${secret}" => "Model API key ${secret}. Store it with `headgate model-key set`" }

  models = { for name, m in var.models : name => {
    served_by = merge(
      m.bedrock == null ? {} : { bedrock = { model_id = m.bedrock.model_id } },
      m.external == null ? {} : { external = { reporter = m.external.reporter } },
      m.openai == null ? {} : { openai = merge(
        { base_url = m.openai.base_url, model = m.openai.model },
        m.openai.secret == null ? {} : { secret = module.secrets.arns["model-${m.openai.secret}"] },
      ) },
    )
    price  = m.price
    limits = m.limits
  } }

  # Compressed to fit into the function's variables.
  models_variable = { HEADGATE_MODELS = "gzip:${base64gzip(jsonencode(local.models))}" }

  model_key_arns    = [for name in keys(local.model_secrets) : module.secrets.arns[name]]
  bedrock_resources = distinct(flatten([for m in var.models : m.bedrock.resources if m.bedrock != null]))

  # IAM rejects a statement without resources, so each is left out if it has none.
  model_statements = merge(
    length(local.model_key_arns) == 0 ? {} : {
      ModelKeys = { actions = ["secretsmanager:GetSecretValue"], resources = local.model_key_arns }
    },
    length(local.bedrock_resources) == 0 ? {} : {
      Bedrock = { actions = ["bedrock:InvokeModel"], resources = local.bedrock_resources } # the permission that Converse requires
    },
  )
}
