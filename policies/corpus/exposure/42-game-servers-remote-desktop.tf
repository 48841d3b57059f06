# A fleet of game servers lets everybody reach its remote desktop port.
# Source: https://docs.aws.amazon.com/gameliftservers/latest/apireference/API_IpPermission.html
# Fault at: aws_gamelift_fleet.ports_fault
# Near miss at: aws_gamelift_fleet.ports_near

resource "aws_gamelift_fleet" "ports_fault" {
  name              = "shop-prod-arcade"
  build_id          = "build-1a2b3c4d-5e6f-4a1b-8c9d-0e1f2a3b4c5d"
  ec2_instance_type = "c5.large"

  ec2_inbound_permission {
    protocol  = "TCP"
    from_port = 1026
    to_port   = 60000
    ip_range  = "0.0.0.0/0"
  }

  runtime_configuration {
    server_process {
      concurrent_executions = 1
      launch_path           = "/local/game/server"
    }
  }
}

resource "aws_gamelift_fleet" "ports_near" {
  name              = "shop-prod-race"
  build_id          = "build-1a2b3c4d-5e6f-4a1b-8c9d-0e1f2a3b4c5d"
  ec2_instance_type = "c5.large"

  # Players' clients come from everywhere.
  ec2_inbound_permission {
    protocol  = "UDP"
    from_port = 7777
    to_port   = 7787
    ip_range  = "0.0.0.0/0"
  }

  runtime_configuration {
    server_process {
      concurrent_executions = 1
      launch_path           = "/local/game/server"
    }
  }
}
