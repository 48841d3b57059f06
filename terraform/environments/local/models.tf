# Models with recorded answers of different quality, and models that do not answer.

locals {
  recorded = { for name in ["strong", "small", "huge", "busy", "down", "hanging"] : name => {
    openai = { base_url = var.recorded_url, model = name, secret = "recorded" }
    price  = name == "strong" ? { input = 3, output = 15 } : { input = 0.2, output = 0.8 }
    limits = { concurrency = 8, per_minute = 6000 }
  } }
  others = {
    nova = {
      bedrock = {
        model_id  = "amazon.nova-lite-v1:0"
        resources = ["arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0"]
      }
      price  = { input = 0.06, output = 0.24 }
      limits = { concurrency = 8, per_minute = 6000 }
    }
    ours = {
      external = { reporter = "agent.terraform-bot" }
      price    = { input = 0, output = 0 }
    }
    tight = {
      openai = { base_url = var.recorded_url, model = "small-tight", secret = "recorded" }
      price  = { input = 0.2, output = 0.8 }
      limits = { concurrency = 1, per_minute = 6000 }
    }
  }
  models = { for name, model in merge(local.recorded, local.others) : name => model if var.recorded_url != null }
}
