resource "aws_sfn_activity" "hook" {
  count = 1
  name  = "shop-prod-count-exec"

  provisioner "local-exec" {
    command = "make -C ../../ deploy"
    environment = {
      STAGE = "prod"
    }
  }
}
