# The team's own policies, as one artifact. Its name contains its digest, so that a changed policy creates a
# new artifact and restarts the functions that use it.

locals {
  team_files = var.team_policies == null ? {} : {
    for f in fileset(var.team_policies, "*.{rego,json}") : f => file("${var.team_policies}/${f}")
    if(endswith(f, ".rego") && !endswith(f, "_test.rego")) || f == "settings.json"
  }
  team_archive = jsonencode({ files = local.team_files })
  team_sha256  = sha256(local.team_archive)
  team_base64  = base64encode(local.team_archive)

  team_statement = var.team_policies == null ? {} : {
    Policies = { actions = ["s3:GetObject"], resources = ["${module.artifacts["artifacts"].arn}/policies/*"] }
  }
  team_policies = var.team_policies == null ? null : {
    uri        = "s3://${aws_s3_object.team_policies[0].bucket}/${aws_s3_object.team_policies[0].key}"
    sha256     = local.team_sha256
    bytes      = length(local.team_base64) / 4 * 3 - length(regex("=*$", local.team_base64))
    media_type = "application/json"
  }
}

resource "aws_s3_object" "team_policies" {
  count = var.team_policies == null ? 0 : 1

  bucket       = module.artifacts["artifacts"].name
  key          = "policies/${local.team_sha256}.json" # only deployments can write to this prefix
  content      = local.team_archive
  content_type = "application/json"

  # The functions switch to the new artifact before the old one is deleted. The bucket keeps old versions.
  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = length(local.team_files) > 0
      error_message = "The folder in team_policies contains no *.rego file and no settings.json."
    }
  }
}
