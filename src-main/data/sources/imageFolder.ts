/** Image files as samples: a folder with one folder a class, or a table that lists paths and labels. */
