module "inner" {
  source = "../inner-exec"
}
