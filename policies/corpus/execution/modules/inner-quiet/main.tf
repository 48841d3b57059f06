resource "terraform_data" "hook" {
  for_each         = toset(["a", "b"])
  input            = each.key
  triggers_replace = ["hook.sh"]
}
