module "inner" {
  source = "../inner-quiet"
}
