# A capacity provider for each kind of task, each over a group of nodes of its own, so that each scales alone.

data "aws_ssm_parameter" "image" {
  name = var.image_parameter
}

resource "aws_launch_template" "node" {
  for_each = var.nodes

  name                   = "${var.name}-${each.key}"
  image_id               = data.aws_ssm_parameter.image.insecure_value
  instance_type          = each.value.type
  update_default_version = true
  vpc_security_group_ids = [var.security_group_id]

  # `awsvpcTrunking` is not to be had on t4g: a node carries one task fewer than it has network interfaces.
  user_data = base64encode(<<-EOT
    #!/bin/sh
    cat >> /etc/ecs/ecs.config <<CONFIG
    ECS_CLUSTER=${var.cluster}
    ECS_AWSVPC_BLOCK_IMDS=true
    ECS_ENABLE_SPOT_INSTANCE_DRAINING=true
    ECS_CONTAINER_STOP_TIMEOUT=120s
    ECS_IMAGE_PULL_BEHAVIOR=prefer-cached
    CONFIG
  EOT
  )

  iam_instance_profile {
    name = var.instance_profile
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type = "gp3"
      volume_size = var.disk_gb
      encrypted   = true
    }
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  monitoring {
    enabled = true
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "${var.name}-${each.key}" }
  }

  lifecycle {
    # New images come by an instance refresh that somebody means, not by the next plan.
    ignore_changes = [image_id]
  }
}

resource "aws_autoscaling_group" "node" {
  for_each = var.nodes

  name                = "${var.name}-${each.key}"
  vpc_zone_identifier = var.subnet_ids
  min_size            = each.value.min
  max_size            = each.value.max
  health_check_type   = "EC2"
  # The provider takes the protection from nodes that carry no task, and from no others.
  protect_from_scale_in = true

  launch_template {
    id      = aws_launch_template.node[each.key].id
    version = "$Latest"
  }

  tag {
    key                 = "AmazonECSManaged"
    value               = ""
    propagate_at_launch = true
  }

  lifecycle {
    # How many there are is the provider's.
    ignore_changes = [desired_capacity]
  }
}

resource "aws_ecs_capacity_provider" "this" {
  for_each = var.nodes

  name = "${var.name}-${each.key}"

  auto_scaling_group_provider {
    auto_scaling_group_arn         = aws_autoscaling_group.node[each.key].arn
    managed_termination_protection = "ENABLED"
    managed_draining               = "ENABLED"

    managed_scaling {
      status                    = "ENABLED"
      target_capacity           = var.target_capacity
      minimum_scaling_step_size = 1
      maximum_scaling_step_size = 2
      instance_warmup_period    = 60
    }
  }
}
