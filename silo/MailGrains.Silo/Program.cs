return await MailGrains.Hosting.NodeProgram.RunAsync(new MailGrains.Silo.SiloRole(), args);
