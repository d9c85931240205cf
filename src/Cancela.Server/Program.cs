using Cancela.Server.Commands;

return await CommandLine.RunAsync(args);
