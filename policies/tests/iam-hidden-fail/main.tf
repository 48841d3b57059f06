# A document that allows everything, behind expressions that also name one that does not.
resource "aws_sqs_queue" "this" {
  name                    = "shop-prod-queue"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
}

variable "strict" {
  description = "Whether the good document is used."
  type        = bool
  default     = false
}

variable "which" {
  description = "Which output is used."
  type        = string
  default     = "direct"
}

module "document" {
  source   = "./document"
  for_each = { good = ["xray:PutTraceSegments"], bad = ["*"] }

  actions = each.value
  queue   = aws_sqs_queue.this.arn
}

# Through a document that merges it.
data "aws_iam_policy_document" "merged" {
  source_policy_documents = [module.document["bad"].json]
}

resource "aws_iam_policy" "merged" {
  name   = "shop-prod-merged"
  policy = var.strict ? module.document["good"].json : data.aws_iam_policy_document.merged.json
}

# Through a module that passes it on.
module "pass_on" {
  source   = "./pass_on"
  for_each = toset(["x"])

  given = module.document["bad"].json
}

resource "aws_iam_policy" "passed_on" {
  name   = "shop-prod-passed-on"
  policy = var.strict ? module.document["good"].json : module.pass_on["x"].direct
}

resource "aws_iam_policy" "passed_on_local" {
  name   = "shop-prod-passed-on-local"
  policy = var.strict ? module.document["good"].json : module.pass_on["x"].local
}

# By the whole module.
module "one" {
  source = "./pass_on"

  given = module.document["bad"].json
}

resource "aws_iam_policy" "whole" {
  name   = "shop-prod-whole"
  policy = var.strict ? module.one.nothing : lookup(module.one, var.which, "")
}

# By a number that is a text.
module "numbered" {
  source = "./document"
  count  = 2

  actions = count.index == 0 ? ["*"] : ["xray:PutTraceSegments"]
  queue   = aws_sqs_queue.this.arn
}

resource "aws_iam_policy" "numbered" {
  name   = "shop-prod-numbered"
  policy = var.strict ? module.numbered[1].json : module.numbered["0"].json
}

resource "aws_iam_policy" "numbered_alone" {
  name   = "shop-prod-numbered-alone"
  policy = module.numbered["0"].json
}

# From the other instance of its own module.
module "holder" {
  source   = "./holder"
  for_each = { good = ["xray:PutTraceSegments"], bad = ["*"] }

  actions = each.value
  queue   = aws_sqs_queue.this.arn
  given   = each.key == "good" ? { x = module.holder["bad"].json } : {}
}

# Beside a local, which may be anything.
locals {
  bad = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_policy" "local" {
  name   = "shop-prod-local"
  policy = var.strict ? module.document["good"].json : local.bad
}
