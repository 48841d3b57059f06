resource "terraform_data" "hook" {
  for_each = toset(["a", "b"])
  input    = each.key

  provisioner "local-exec" {
    command     = "sh ./hook.sh ${each.key}"
    working_dir = path.module
    quiet       = true
  }
}
