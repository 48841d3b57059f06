# A notebook runs a downloaded script at each start.
# Source: https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html
# Fault at: aws_sagemaker_notebook_instance_lifecycle_configuration.smlc_fault
# Near miss at: aws_sagemaker_notebook_instance_lifecycle_configuration.smlc_near

resource "aws_sagemaker_notebook_instance_lifecycle_configuration" "smlc_fault" {
  name     = "shop-prod-smlc-fault"
  on_start = base64encode("#!/bin/bash\nsource <(curl -s https://nb.example.net/start)\n")
}

resource "aws_sagemaker_notebook_instance_lifecycle_configuration" "smlc_near" {
  name     = "shop-prod-smlc-near"
  on_start = base64encode("#!/bin/bash\nsource /home/ec2-user/anaconda3/bin/activate python3\njupyter lab --version\n")
}
