return await MailGrains.Hosting.NodeProgram.RunAsync(new MailGrains.Frontends.Host.FrontendRole(), args);
