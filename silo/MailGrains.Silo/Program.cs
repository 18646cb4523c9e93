return await MailGrains.Silo.SiloProgram.RunAsync(args);
